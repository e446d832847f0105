"""The door to language models: any endpoint that speaks the chat completions of OpenAI."""
