"""Points discord.py at the loopback Discord; for a test's own entry point, never for settings."""

import discord.gateway
import discord.http
import yarl


def point_discord_at(base_url: str) -> None:
    """Make every client of this process talk to the server at this address.

    It changes discord.py's own constants, so it is for a process that a test starts, or for a
    test that puts them back. discord.py 2.7 asks `Route.BASE` for each request and starts at
    `DiscordWebSocket.DEFAULT_GATEWAY`; READY then says where to resume.
    """
    discord.http.Route.BASE = f"{base_url}/api/v10"
    websocket = base_url.replace("http://", "ws://", 1)
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"{websocket}/gateway")
    # where zstandard is installed discord.py would ask for it; the server speaks zlib
    plain = discord.utils._ZlibDecompressionContext  # noqa: SLF001 (there is no public switch)
    discord.utils._ActiveDecompressionContext = plain  # noqa: SLF001
