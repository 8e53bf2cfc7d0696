// For a container's health check: ends with 0 where the host and its database answer.
const { PORT = '8080' } = process.env;
const url = `http://127.0.0.1:${PORT}/rest/scriptrunner/latest/custom/macroplan/version`;
const isHealthy = await fetch(url, { signal: AbortSignal.timeout(4_000) }).then(
  (reply) => reply.ok,
  () => false,
);
process.exitCode = isHealthy ? 0 : 1;
