"""The model door: every endpoint that speaks chat.completions, behind the port `Model`.

`endpoints` and `keys` say where models are and are cheap to import. `remote` holds `RemoteModel`;
it imports `openai`, which takes about a second: nobody outside this package imports it before a
model is really wanted, and never at the top of a module.
"""
