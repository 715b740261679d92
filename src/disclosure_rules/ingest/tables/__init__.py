"""Statistical tables: from grids as printed to the tables of a form, by the words on their rows and columns."""
