"""The printed form: steps 1-5 on paper, to be signed in its two places."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.safestring import SafeString

from papeles.generar import en_filas, qr
from papeles.impreso import Impreso
from tramites.definicion import Congelado

from .acta import acta
from .juramento import PREGUNTAS, Pregunta

MARCADA, VACIA = "☒", "☐"


def formulario_impreso(congelado: Congelado) -> Impreso:
    """The one paper with steps 1-5, to be signed in its two places and loaded as document 1 (B5.3)."""
    return Impreso(
        plantilla="prevision/comun/impreso/formulario.html",
        titulo=f"Formulario de Solicitud de Pensión Civil por Invalidez. Gestión No. {congelado.numero}",
        contexto={
            "numero": congelado.numero,
            "congelado": congelado,
            "huella": [congelado.resumen[i : i + 4] for i in range(0, 16, 4)],
            "codigo_qr": _sello(congelado),
            "acta": acta(
                nombre_completo=congelado.nombre_completo,
                cui=congelado.cui,
                fecha=congelado.fecha_acta,
                meses_archivo=congelado.meses_archivo,
            ),
            "solicitante": en_filas(congelado.pasos["datos-generales"]["legibles"]),
            "datos": en_filas(congelado.pasos["beneficiario"]["legibles"]),
            "declaracion": [_declarado(p, congelado.pasos["juramento"]["valores"]) for p in PREGUNTAS],
        },
    )


def _sello(congelado: Congelado) -> SafeString:
    """The QR that ties the paper to its frozen version; it holds no personal datum."""
    return qr(
        f"CEO:{congelado.numero}:{congelado.version}:{congelado.codigo}",
        f"Código QR de la Gestión No. {congelado.numero}, versión {congelado.version} del formulario",
    )


def _declarado(pregunta: Pregunta, valores: Mapping[str, str]) -> dict[str, Any]:
    """A question with what was answered, ready to print."""
    respuesta = valores.get(f"pregunta_{pregunta.numero}", "")
    return {
        "pregunta": pregunta,
        "si": MARCADA if respuesta == "SI" else VACIA,
        "no": MARCADA if respuesta == "NO" else VACIA,
        "indicaciones": [(texto, _legible(campo, valores)) for texto, campo in pregunta.indicaciones],
    }


def _legible(campo: str, valores: Mapping[str, str]) -> str:
    """The text itself; a date, kept as aaaa-mm-dd, is printed dd-mm-aaaa (formatos.md)."""
    valor = valores.get(campo, "")
    return f"{date.fromisoformat(valor):%d-%m-%Y}" if valor and campo == "fecha_entrega_cargo" else valor
