package macroplan.macro

import macroplan.host.Mount

// The script macro: parameters `plan` (a code; empty offers all plans that the reader may see) and `iteration` (a code; which
// one paper and mail show). It returns a constant piece of page and asks the database only where no script will run.
// Release: development

return Mount.html(parameters, context)
