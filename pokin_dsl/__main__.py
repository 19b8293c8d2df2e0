"""``python -m pokin_dsl`` is ``pokin``."""

from pokin_dsl.cli import main

if __name__ == "__main__":
    main()
