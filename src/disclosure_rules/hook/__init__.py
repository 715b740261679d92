"""The contract before submission: one request in, one answer out, the same over a pipe and over HTTP."""
