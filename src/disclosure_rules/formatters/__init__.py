"""CheckResults → text. One format a file; none of them decides anything."""
