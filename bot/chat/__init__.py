"""The desk in Discord: client, commands, cards, buttons, threads; alone imports discord."""
