"""Which rows a Gestión is made of: everything that the actions wrote, and what of it is essential."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Field, Model

from bitacora.models import Evento
from cuentas.models import Aceptacion, Usuario
from notificaciones.models import Correo, Notificacion
from tramites.eventos import TipoEvento
from tramites.models import (
    AvisoDeArchivado,
    CasoDePrevio,
    DatosInternos,
    Documento,
    Envio,
    Gestion,
    Nota,
    Previo,
    RespuestaPaso,
    Resultado,
    Veredicto,
    VersionFormulario,
)

from .obra import Obra

Filas = dict[type[Model], list[Any]]
# In the order in which they are written; the seals come after their events.
TABLAS: tuple[type[Model], ...] = (
    Usuario,
    EmailAddress,
    Aceptacion,
    Gestion,
    RespuestaPaso,
    VersionFormulario,
    Envio,
    Documento,
    Previo,
    CasoDePrevio,
    CasoDePrevio.archivos.through,
    Veredicto,
    Veredicto.archivos.through,
    Veredicto.vistos.through,
    DatosInternos,
    Nota,
    Evento,
    AvisoDeArchivado,
    Notificacion,
    Correo,
)
DE_LA_PERSONA = (Usuario, EmailAddress, Aceptacion)
# What a short copy keeps: what lists, searches and figures are made of.
ESENCIALES = (Usuario, EmailAddress, Gestion, VersionFormulario, Envio, Previo, CasoDePrevio, DatosInternos)
ACTOS_ESENCIALES = (
    TipoEvento.GESTION_CREADA,
    TipoEvento.ENVIADA,
    TipoEvento.PREVIO_EMITIDO,
    TipoEvento.REENVIADA,
    TipoEvento.ADMITIDA,
    TipoEvento.ARCHIVADA,
    TipoEvento.DESARCHIVADA,
)


def filas_de(obra: Obra) -> Filas:
    """All the rows of a story that stands in the database; none of a table is an empty list."""
    return {
        modelo: list(modelo._default_manager.filter(**_suyas(modelo, obra)).order_by("pk"))
        for modelo in TABLAS
    }


def lo_esencial(filas: Filas) -> Filas:
    """Those that a short copy keeps."""
    pocas: Filas = {modelo: filas[modelo] if modelo in ESENCIALES else [] for modelo in TABLAS}
    pocas[Veredicto] = [v for v in filas[Veredicto] if v.resultado == Resultado.OBSERVADO]
    pocas[Evento] = [e for e in filas[Evento] if e.tipo in ACTOS_ESENCIALES]
    return pocas


def _suyas(modelo: type[Model], obra: Obra) -> dict[str, Any]:
    propias: dict[type[Model], dict[str, Any]] = {
        Usuario: {"pk": obra.titular.pk},
        EmailAddress: {"user": obra.titular},
        Aceptacion: {"usuario": obra.titular},
        Gestion: {"numero": obra.numero},
        CasoDePrevio: {"previo__gestion": obra.numero},
        CasoDePrevio.archivos.through: {"casodeprevio__previo__gestion": obra.numero},
        Veredicto.archivos.through: {"veredicto__gestion": obra.numero},
        Veredicto.vistos.through: {"veredicto__gestion": obra.numero},
    }
    return propias.get(modelo, {"gestion": obra.numero})


def columnas(modelo: type[Model]) -> list[Field]:
    """What is written of a table, in order."""
    return [c for c in modelo._meta.concrete_fields if not c.generated]
