"""`python -m disclosure_rules`."""

from disclosure_rules.cli import main

if __name__ == "__main__":
    main()
