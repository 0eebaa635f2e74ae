"""What the pages read of a person's Gestiones: lists, a paper by its code, the newest sending."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from escritura.orden import clave_busqueda
from escritura.signos import cifras

from ..definicion import Paso, Tramite
from ..models import Comprobante, Envio, Estado, Gestion
from ..registro import Familia, familia_de
from .fechas import dia
from .numero import digitos

ABIERTAS = (Estado.RECIBIDA, Estado.OBSERVADA)


def mis_solicitudes(
    usuario: Any, *, familia: Familia | None = None, texto: str = "", solo_previos: bool = False
) -> list[Gestion]:
    """The person's Gestiones in order of number (C3), of a family or of all, that match `texto` (C4, C4b).

    A person has a handful, so the match is made here, where a part of a date or of a state's name
    means the same on every database.
    """
    gestiones = Gestion.objects.de(usuario).order_by("numero")
    if solo_previos:
        gestiones = gestiones.filter(estado=Estado.OBSERVADA)
    buscado, numero = clave_busqueda(cifras(texto)), digitos(texto)
    halladas = [g for g in gestiones if coincide(g, buscado) and _de_la_familia(g, familia)]
    return sorted(halladas, key=lambda g: (str(g.numero) != numero, g.numero))


def _de_la_familia(gestion: Gestion, familia: Familia | None) -> bool:
    return familia is None or familia_de(gestion.definicion) == familia


def coincide(gestion: Gestion, buscado: str) -> bool:
    """Whether number (exact), state or badge (part), or date (part, or whole in any way) is that text."""
    if str(gestion.numero) == digitos(buscado) or dia(buscado) == gestion.fecha_ingreso:
        return True
    estado = Estado(gestion.estado)
    leido = clave_busqueda(f"{estado.label} {estado.distintivo}")
    return buscado in leido or buscado.replace("/", "-") in f"{gestion.fecha_ingreso:%d-%m-%Y}"


def borrador_abierto(usuario: Any, tramite: Tramite) -> Gestion | None:
    """The person's newest draft of that procedure, offered before opening another (C6)."""
    return _la_mas_nueva(usuario, tramite, Estado.CREACION)


def abierta_con(usuario: Any, ficha: UUID) -> bool:
    """Whether that one-use ficha already opened a Gestión of theirs."""
    return Gestion.objects.filter(solicitante=usuario, ficha=ficha).exists()


def en_tramite(usuario: Any, tramite: Tramite) -> Gestion | None:
    """The person's newest Gestión of that procedure that ONSEC has or has returned (C6)."""
    return _la_mas_nueva(usuario, tramite, *ABIERTAS)


def _la_mas_nueva(usuario: Any, tramite: Tramite, *estados: Estado) -> Gestion | None:
    suyas = Gestion.objects.filter(solicitante=usuario, tramite=tramite.clave, estado__in=estados)
    return suyas.order_by("-numero").first()


def envio_verificado(codigo: str) -> Envio | None:
    """The sending that a receipt's code names, whatever spaces or hyphens it was typed with."""
    return Envio.objects.select_related("gestion").filter(codigo=codigo_limpio(codigo)).first()


def comprobante_verificado(codigo: str) -> Comprobante | None:
    """The paper of a decision that a code names, typed as it may be."""
    return Comprobante.objects.filter(codigo=codigo_limpio(codigo)).first()


def codigo_limpio(codigo: str) -> str:
    """A code without the spaces or hyphens with which it was typed."""
    return "".join(c for c in codigo.upper() if c.isalnum())


@dataclass(frozen=True)
class EnBlanco:
    """A field left empty: its label, and where it is filled."""

    rotulo: str
    paso: str
    ancla: str


def faltan_convenientes(gestion: Gestion, *pasos: str) -> list[EnBlanco]:
    """The fields left empty for which ONSEC may return it (B2.7), in those steps or in all."""
    dichos = gestion.definicion.campos_convenientes
    return [
        en_blanco
        for clave in dichos
        if not pasos or clave in pasos
        for en_blanco in _en_blanco(gestion, gestion.definicion.paso(clave), dichos[clave])
    ]


def _en_blanco(gestion: Gestion, paso: Paso, campos: Iterable[str]) -> list[EnBlanco]:
    valores = gestion.valores_de(paso) or {}
    if not (vacios := [c for c in campos if not valores.get(c)]):
        return []
    form = gestion.formulario(paso, timezone.localdate())
    return [EnBlanco(str(form.fields[c].label), paso.clave, form[c].id_for_label) for c in vacios]


def ultimo_envio(gestion: Gestion) -> Envio | None:
    """The newest sending, if it was ever sent."""
    return gestion.ultimo_envio
