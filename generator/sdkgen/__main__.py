"""`python -m sdkgen` is the command `sdkgen`."""

from sdkgen.cli import main

if __name__ == "__main__":
    main()
