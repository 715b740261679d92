"""What things are. No file here reads a file or knows a rule."""
