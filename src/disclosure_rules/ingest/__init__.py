"""File → Document → Report. Readers know nothing of reports; recognition knows nothing of formats."""
