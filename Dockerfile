# Two stages: the first builds a virtual environment from the lock file, the second only runs it.
FROM python:3.13-slim AS build
WORKDIR /src
COPY requirements.lock pyproject.toml README.md LICENSE ./
RUN python -m venv /opt/nutgraf \
 && /opt/nutgraf/bin/pip install --no-cache-dir --require-hashes --no-deps -r requirements.lock
COPY bot bot
COPY config config
COPY prompts prompts
RUN /opt/nutgraf/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.13-slim
# The root file system may be read-only: only the volume is written.
#   docker run --read-only -v nutgraf:/srv/nutgraf -v ./config:/srv/nutgraf/config:ro nutgraf brief
ENV PATH=/opt/nutgraf/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
RUN useradd --system --uid 10001 --create-home --home-dir /srv/nutgraf nutgraf
COPY --from=build /opt/nutgraf /opt/nutgraf
USER nutgraf
WORKDIR /srv/nutgraf
VOLUME /srv/nutgraf
HEALTHCHECK --interval=60s --timeout=10s CMD ["nutgraf", "doctor"]
ENTRYPOINT ["nutgraf"]
CMD ["--help"]
