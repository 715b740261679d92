"""Thousands of reports in one run: the roster of who should have reported, the run store, and what comes out."""
