"""The words that the procedure prints: dates in letters, full names, the acta and the form on paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString
from num2words import num2words

from papeles.generar import en_filas, qr
from papeles.impreso import Impreso
from territorio import cui as reglas_cui
from tramites.definicion import Congelado

MESES = (
    "ENERO",
    "FEBRERO",
    "MARZO",
    "ABRIL",
    "MAYO",
    "JUNIO",
    "JULIO",
    "AGOSTO",
    "SEPTIEMBRE",
    "OCTUBRE",
    "NOVIEMBRE",
    "DICIEMBRE",
)
DE_CORRIDO = ("primer_nombre", "segundo_nombre", "tercer_nombre", "primer_apellido", "segundo_apellido")
MARCADA, VACIA = "☒", "☐"


@dataclass(frozen=True)
class Pregunta:
    """A sworn question; each of its directions with the field that answers it (textos.md §6)."""

    numero: int
    texto: str
    indicaciones: tuple[tuple[str, str], ...] = ()


PREGUNTAS = (
    Pregunta(
        1,
        "Percibo pensión similar del Estado, sus Entidades Descentralizadas o Autónomas.",
        (("En caso afirmativo indicar Dependencia o Entidad, clase de pensión", "detalle_1"),),
    ),
    Pregunta(
        2,
        "Tengo en suspenso o reservada pensión similar del Estado.",
        (("En caso afirmativo indicar Dependencia o Entidad y tipo de pensión", "detalle_2"),),
    ),
    Pregunta(
        3,
        "Presto mis servicios en el Estado, Entidades Descentralizadas, Autónomas, otros Órganos del Estado "
        "u otras entidades incorporadas al Régimen de Clases Pasivas Civiles del Estado.",
        (
            ("En caso afirmativo indicar Dependencia o Entidad.", "detalle_3"),
            ("En caso negativo indicar la fecha de entrega de cargo.", "fecha_entrega_cargo"),
        ),
    ),
    Pregunta(
        4,
        "He realizado trámite anterior ante esta Dirección.",
        (("Si su respuesta es afirmativa indicar ¿De qué tipo?", "detalle_4"),),
    ),
    Pregunta(5, "Percibo Aporte Económico del Programa de la Ley del Adulto Mayor."),
    Pregunta(
        6,
        "He perdido la nacionalidad guatemalteca. (Estoy enterado (a) de las penas relativas al delito de "
        "perjurio si lo declarado no fuere cierto)",
    ),
)


def fecha_en_letras(dia: date) -> str:
    """The acta's date: «ONCE DE JUNIO DE DOS MIL VEINTICUATRO (11-06-2024)» (textos.md §7)."""
    letras = f"{num2words(dia.day, lang='es')} DE {MESES[dia.month - 1]} DE {num2words(dia.year, lang='es')}"
    return f"{letras.upper()} ({dia:%d-%m-%Y})"


def meses_en_letras(meses: int) -> str:
    """The months of the warning: «seis (6)» (B4.1)."""
    return f"{num2words(meses, lang='es')} ({meses})"


def nombre_completo(valores: Mapping[str, str]) -> str:
    """Names, surnames and «DE» with the married one, in capitals; empty when none was given (B4.4)."""
    partes = [valores.get(campo, "") for campo in DE_CORRIDO]
    casada = valores.get("apellido_casada", "").split()
    if casada and casada[0].upper() != "DE":
        casada.insert(0, "DE")
    return " ".join(" ".join([*partes, *casada]).split()).upper()


def acta(*, nombre_completo: str, cui: str, fecha: date, meses_archivo: int) -> dict[str, Any]:
    """The only words of the acta that vary (B4.1), as the screen and the paper print them.

    `fecha` is in letters, `fecha_corta` dd-mm-aaaa, `meses` «seis (6)» and `meses_en_palabras` «seis».
    """
    return {
        "fecha": fecha_en_letras(fecha),
        "fecha_corta": f"{fecha:%d-%m-%Y}",
        "nombre_completo": nombre_completo,
        "cui": reglas_cui.formatear(cui),
        "meses": meses_en_letras(meses_archivo),
        "meses_en_palabras": num2words(meses_archivo, lang="es"),
    }


def formulario_impreso(congelado: Congelado) -> Impreso:
    """The one paper with steps 1-5, to be signed in its two places and loaded as document 1 (B5.3)."""
    return Impreso(
        plantilla="prevision/invalidez/impreso/formulario.html",
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
