"""Word documents changed in place: comments at findings, and letters from a template."""
