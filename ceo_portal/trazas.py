"""The technical log: one JSON object a line, without CUI, addresses, tokens nor bodies (S45)."""

import logging
import re

import structlog
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django_structlog.middlewares import RequestMiddleware
from structlog.typing import Processor

COMUNES: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
TACHADURAS = (
    (re.compile(r"\b\d{4}(?: |-|\+|%20)?\d{5}(?: |-|\+|%20)?\d{4}\b"), "[CUI]"),
    (re.compile(r"[\w.+-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+"), "[correo]"),
    # What confirms an address or recovers an account opens it.
    (re.compile(r"(/cuenta/[\w-]+/(?:[\w-]+/)?)[\w:=.%-]{12,}"), r"\1[llave]"),
)

structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *COMUNES,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)


def tachar(texto: str) -> str:
    """The text without what names a person or opens an account."""
    for patron, reemplazo in TACHADURAS:
        texto = patron.sub(reemplazo, texto)
    return texto


class FormatoJson(structlog.stdlib.ProcessorFormatter):
    """Formats records of structlog and of the standard library alike; errors keep their traceback."""

    def __init__(self) -> None:
        super().__init__(
            foreign_pre_chain=COMUNES,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )

    def format(self, record: logging.LogRecord) -> str:
        return tachar(super().format(record))


class PeticionMiddleware(RequestMiddleware):
    """Ties every record to its request; names the route, never the address, which may hold data."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        try:  # before the view it is not known yet
            hallada = request.resolver_match or resolve(request.path_info)
        except Resolver404:
            return f"{request.method} /(desconocida)"
        return f"{request.method} /{hallada.route}"
