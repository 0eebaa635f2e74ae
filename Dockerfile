FROM python:3.12-slim-bookworm AS construccion
ENV PYTHONUTF8=1 UV_PYTHON_DOWNLOADS=never UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy
WORKDIR /app
COPY .ci/uv.txt .ci/uv.txt
RUN pip install --no-cache-dir --no-deps --require-hashes -r .ci/uv.txt
COPY requirements.txt ./
RUN uv venv .venv && uv pip sync --no-cache --require-hashes requirements.txt
COPY . .
# Nothing is compiled where it runs: not at a start, nor by the children that read what was uploaded.
RUN .venv/bin/python -m compileall -q -x '/\.venv/|/tests/' . \
    && DJANGO_SETTINGS_MODULE=ceo_portal.settings.demo .venv/bin/python manage.py collectstatic --noinput --verbosity 0

FROM python:3.12-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home portal \
    && install -d -o portal -g portal -m 0700 /app/var /anclas
ENV PATH=/app/.venv/bin:$PATH PYTHONUTF8=1 PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=ceo_portal.settings.produccion \
    ESCUCHAR=0.0.0.0 PROCESOS=2
WORKDIR /app
COPY --from=construccion /app /app
USER portal
EXPOSE 8000
CMD ["gunicorn", "--config", "ceo_portal/gunicorn.py", "ceo_portal.wsgi"]
