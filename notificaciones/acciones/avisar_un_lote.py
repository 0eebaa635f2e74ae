"""The notices of one act on many Gestiones: worded once, written at once by PostgreSQL.

What they say depends on the act and on little of each Gestión (`CLASE`). So a Gestión in blank stands for all
those that agree in it, its notices are made as any other's, and the database puts each number in the blank.
The rows are those that `avisar` writes one by one (tests/tramites/acciones/test_archivar.py).
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection
from django.db.models import Case, F, Value, When
from django.utils import timezone

from bitacora.conjunto import arreglo
from bitacora.models import Evento
from cuentas.models import Usuario
from tramites.models import Gestion

from ..avisos.acto import Acto
from ..avisos.tabla import AVISOS
from ..correo.redaccion import en_una_linea
from ..models import Mensaje, dominio

# The number of the Gestión in blank; its owner's key, that no account has.
BLANCO, SU_TITULAR = 987_654_321_987_654_321, -1
# All that a lot's notices may read of a Gestión, besides whether it is of somebody of the staff.
CLASE = ("tramite", "tramite_version", "estado", "estado_al_archivar", "meses_archivo")


class Formula(NamedTuple):
    """What many rows of a table say alike, with the number in blank."""

    plantillas: str
    asuntos: str
    contextos: str
    momentos: datetime


class Ejemplar(NamedTuple):
    """What sets each row apart."""

    evento: int
    gestion: int
    persona: int

    def para(self, persona: Usuario) -> "Ejemplar":
        """The same row for that person; its owner's in blank is already the row's."""
        return self if persona.pk == SU_TITULAR else self._replace(persona=persona.pk)


class Formulas(dict[Any, tuple[Formula, list[Ejemplar]]]):
    """The rows of a table, by what they say alike."""

    def sumar(self, clave: Any, redactar: Callable[[], Formula], filas: list[Ejemplar]) -> None:
        """Add rows under a key; the words of its first ones are everyone's."""
        if clave not in self:
            self[clave] = (redactar(), [])
        self[clave][1].extend(filas)


def avisar_un_lote(eventos: Iterable[Evento]) -> None:
    """Insert the notices of acts of the system, each on a Gestión, in their own transaction.

    Their mails wait for the sweep: nobody is before a screen.
    """
    notificaciones, correos = Formulas(), Formulas()
    for clase, acto, titulares in _actos_en_blanco(eventos):
        for aviso in AVISOS[acto.evento.tipo]:
            if not aviso.procede(acto):
                continue
            clave = (clase, aviso.plantilla)
            for persona in aviso.destinatarios(acto):
                filas = [fila.para(persona) for fila in titulares]
                if aviso.en_portal:
                    notificaciones.sumar(clave, partial(_formula, aviso.notificacion, acto, persona), filas)
                if aviso.por_correo:
                    correos.sumar(clave, partial(_formula, aviso.correo, acto, persona), filas)
    _escribir(INSERTAR_NOTIFICACIONES, notificaciones)
    _escribir(INSERTAR_CORREOS, correos)


def _formula(redactar: Callable[[Acto, Usuario], Mensaje], acto: Acto, persona: Usuario) -> Formula:
    mensaje = redactar(acto, persona)
    asunto, contexto = en_una_linea(mensaje.asunto), json.dumps(mensaje.contexto)
    return Formula(mensaje.plantilla, asunto, contexto, acto.evento.ocurrido_en)


def _escribir(sentencia: str, formulas: Formulas) -> None:
    if not formulas:
        return
    filas = [(*fila, cual) for cual, (_, suyas) in enumerate(formulas.values(), start=1) for fila in suyas]
    columnas = zip(("eventos", "gestiones", "personas", "cuales"), zip(*filas, strict=True), strict=True)
    palabras = zip(
        Formula._fields, zip(*(formula for formula, _ in formulas.values()), strict=True), strict=True
    )
    fijos: dict[str, Any] = {"blanco": str(BLANCO), "ahora": timezone.now(), "dominio": dominio()}
    listas: dict[str, Any] = {nombre: arreglo(valores) for nombre, valores in columnas}
    listas |= {nombre: list(valores) for nombre, valores in palabras}
    with connection.cursor() as cursor:
        cursor.execute(sentencia, listas | fijos)


def _actos_en_blanco(eventos: Iterable[Evento]) -> Iterator[tuple[Any, Acto, list[Ejemplar]]]:
    """The acts as so many on a Gestión in blank: what its words depend on, it, and its owners' rows."""
    personal = {u.pk: u for u in Usuario.objects.filter(tipo=Usuario.Tipo.PERSONAL)}
    por_numero = {evento.gestion: evento for evento in eventos if evento.gestion}
    for *clase, asignada, cui, numeros, titulares in _clases(por_numero, personal):
        en = Gestion(numero=BLANCO, titular_cui=cui, **dict(zip(CLASE, clase, strict=True)))
        en.solicitante, en.asignada_a = Usuario(pk=SU_TITULAR), personal.get(asignada)
        iguales = defaultdict(list)
        for numero, titular in zip(numeros, titulares, strict=True):
            evento = por_numero[numero]
            acto = evento.tipo, evento.ocurrido_en, repr(evento.datos)
            iguales[acto].append(Ejemplar(evento.pk, numero, titular))
        for acto, filas in iguales.items():
            datos = por_numero[filas[0].gestion].datos
            evento = Evento(tipo=acto[0], ocurrido_en=acto[1], gestion=BLANCO, datos=datos)
            yield (*acto, *clase), Acto(evento, en, lambda papel: _activos(personal, papel)), filas


def _clases(numeros: Iterable[int], personal: dict[int, Usuario]) -> Iterable[tuple[Any, ...]]:
    """`CLASE`, who has it, its CUI if it is of the staff; and the numbers and owners, in one order."""
    cuis = {u.cui for u in personal.values() if u.cui}
    suyo = Case(When(titular_cui__in=cuis, then=F("titular_cui")), default=Value(""))
    clases = Gestion.objects.filter(pk__en=numeros).order_by().values_list(*CLASE, "asignada_a", suyo)
    return clases.annotate(numeros=ArrayAgg("numero"), titulares=ArrayAgg("solicitante"))


def _activos(personal: dict[int, Usuario], papel: str) -> list[Usuario]:
    return [u for u in personal.values() if u.papel == papel and u.is_active]


FILAS = """
unnest(CAST(%(eventos)s AS bigint[]), CAST(%(gestiones)s AS bigint[]), CAST(%(personas)s AS bigint[]),
    CAST(%(cuales)s AS int[])) AS f (evento, gestion, persona, cual)
"""
COLUMNAS = "evento_id, gestion, destinatario_id, plantilla, asunto, contexto"
VALORES = """
f.evento, f.gestion, f.persona, (CAST(%(plantillas)s AS text[]))[f.cual],
replace((CAST(%(asuntos)s AS text[]))[f.cual], %(blanco)s, f.gestion::text),
CAST(replace((CAST(%(contextos)s AS text[]))[f.cual], %(blanco)s, f.gestion::text) AS jsonb)
"""
MOMENTO = "(CAST(%(momentos)s AS timestamptz[]))[f.cual]"
INSERTAR_NOTIFICACIONES = f"""
INSERT INTO notificaciones_notificacion ({COLUMNAS}, creada_en) SELECT {VALORES}, {MOMENTO} FROM {FILAS}
"""  # noqa: S608  (made of constants)
INSERTAR_CORREOS = f"""
INSERT INTO notificaciones_correo ({COLUMNAS}, creado_en, para, message_id,
    estado, intentos, proximo_intento_en, ultimo_error)
SELECT {VALORES}, {MOMENTO}, u.email, '<' || gen_random_uuid() || '@' || %(dominio)s || '>',
    'pendiente', 0, %(ahora)s, ''
FROM {FILAS} JOIN cuentas_usuario u ON u.id = f.persona
"""  # noqa: S608  (made of constants)
