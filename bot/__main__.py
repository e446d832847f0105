"""`python -m bot` is `nutgraf`."""

from bot.cli import main

if __name__ == "__main__":
    main()
