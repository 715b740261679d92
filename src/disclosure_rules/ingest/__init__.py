"""From a file to a Report: readers for each format, and the recognition of what they read."""
