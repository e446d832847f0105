"""The catalogue of what the chat says in Discord: one module for each command or door.

Commands, their options, buttons, modals and sentences have their words here and nowhere else in
`bot.chat`; cards have theirs in `bot.delivery`. A text with `{fields}` is filled with `format`.
"""
