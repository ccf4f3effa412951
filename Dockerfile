# Custom Speech Studio: one image, five commands (see docker-compose.yml).
FROM python:3.11-slim AS build
WORKDIR /app
# The image gets neither pip nor a compiler; what it runs is compiled here, as its disk is read-only.
RUN python -m venv --without-pip /venv
COPY requirements.lock .
RUN pip --python /venv/bin/python install --no-cache-dir --no-deps --require-hashes -r requirements.lock \
    && find /venv -type d -name tests -prune -exec rm -rf {} +
COPY manage.py LICENSE ./
COPY studio studio
COPY training training
COPY localspeech localspeech
COPY templates templates
COPY static static
RUN /venv/bin/python -m compileall -q /app

FROM python:3.11-slim
RUN useradd --uid 10001 --user-group --no-create-home studio && install -d -o studio -g studio -m 700 /data
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /app /app
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    OPENBLAS_NUM_THREADS=1 \
    STUDIO_DATA=/data \
    HOST=0.0.0.0 \
    LOG_JSON=yes
USER 10001:10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=20s --timeout=10s --start-period=60s CMD ["python", "-m", "studio.alive", "web"]
CMD ["python", "manage.py", "up"]
