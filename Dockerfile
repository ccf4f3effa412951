# Custom Speech Studio: one image, five commands (see docker-compose.yml).
FROM python:3.11-slim AS build
WORKDIR /app
RUN python -m venv /venv
COPY requirements.lock .
RUN /venv/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements.lock

FROM python:3.11-slim
RUN useradd --create-home --uid 10001 studio && install -d -o studio /data
WORKDIR /app
COPY --from=build /venv /venv
COPY . .
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    OPENBLAS_NUM_THREADS=1 \
    STUDIO_DATA=/data \
    HOST=0.0.0.0 \
    LOG_JSON=yes
USER studio
VOLUME /data
EXPOSE 8000
CMD ["python", "manage.py", "up"]
