"""The command line: one file a command. Nothing heavy is imported before a command needs it."""

from glassnet.cli.main import main

__all__ = ["main"]
