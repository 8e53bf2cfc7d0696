package macroplan.harness

import jakarta.servlet.http.*
import javax.servlet.http.*

/** Handles for tests that a real server does not have: run a job, render the macro. */
class Workshop {
    Scripts scripts

    Object serve(String path, HttpServletRequest request, HttpServletResponse response) {
        Foreign.answer(response, 404, 'Nothing is here.')
    }
}
