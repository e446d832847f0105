"""One module a migration; the newest one's revision is `bot.adapters.archive.opening.HEAD`."""
