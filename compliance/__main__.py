"""`python -m compliance` is the command `reserve`."""

from compliance.cli.main import main

if __name__ == "__main__":
    main()
