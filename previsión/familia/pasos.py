"""The steps that the procedures of the family share (comun.md §1): each lists its own, in order."""

from collections.abc import Callable
from functools import partial

from num2words import num2words

from tramites.definicion import ClasePaso, Paso

from .formularios import BeneficiarioForm, DatosGeneralesForm
from .juramento import JURAMENTO, Declaracion

Bloque = Callable[..., Paso]

FORMULARIO = partial(Paso, clase=ClasePaso.FORMULARIO, plantilla="tramites/ciudadano/paso_formulario.html")

DATOS_GENERALES = partial(
    FORMULARIO, clave="datos-generales", nombre="Datos Generales", formulario=DatosGeneralesForm
)
BENEFICIARIO = partial(
    FORMULARIO, clave="beneficiario", nombre="Datos del Beneficiario", formulario=BeneficiarioForm
)
ACTA = partial(
    Paso,
    clave="acta",
    nombre="Acta de Ratificación",
    clase=ClasePaso.ACTA,
    plantilla="tramites/ciudadano/paso_acta.html",
)
NOTIFICADO = partial(
    Paso,
    clave="notificado",
    nombre="Notificado",
    clase=ClasePaso.ENTERADO,
    plantilla="tramites/ciudadano/paso_enterado.html",
)
DOCUMENTOS = partial(
    Paso,
    clave="documentos",
    nombre="Documentos de Respaldo",
    clase=ClasePaso.DOCUMENTOS,
    plantilla="tramites/ciudadano/paso_documentos.html",
)
VALIDACION = partial(
    Paso,
    clave="validacion",
    nombre="Validación",
    clase=ClasePaso.VALIDACION,
    plantilla="tramites/ciudadano/paso_validacion.html",
)


def juramento(declaracion: Declaracion = JURAMENTO) -> Bloque:
    """«Bajo Juramento», with those questions."""
    return partial(
        FORMULARIO,
        clave="juramento",
        nombre="Bajo Juramento",
        formulario=declaracion.formulario,
        guia=f"Responda las {num2words(len(declaracion.preguntas), lang='es')} preguntas.",
        declaracion=True,
    )


def en_orden(*bloques: Bloque) -> tuple[Paso, ...]:
    """The steps of a procedure, numbered from 1."""
    return tuple(bloque(numero=n) for n, bloque in enumerate(bloques, 1))
