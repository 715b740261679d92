"""File to Document, Document to Report: one reader per format, then recognition by the layouts."""
