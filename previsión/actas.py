"""The words that the procedure prints: dates in letters, full names, the acta and the form on paper."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from num2words import num2words

from tramites.definicion import Congelado, Impreso

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
NOMBRES = ("primer_nombre", "segundo_nombre", "tercer_nombre", "primer_apellido", "segundo_apellido")
ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


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
    partes = [valores.get(campo, "") for campo in NOMBRES]
    casada = valores.get("apellido_casada", "").split()
    if casada and casada[0].upper() != "DE":
        casada.insert(0, "DE")
    return " ".join(" ".join([*partes, *casada]).split()).upper()


def acta(*, nombre_completo: str, cui: str, fecha: date, meses_archivo: int) -> dict[str, Any]:
    """The only words of the acta that vary (B4.1): fecha, fecha_corta, nombre_completo, cui, meses."""
    return {
        "fecha": fecha_en_letras(fecha),
        "fecha_corta": f"{fecha:%d-%m-%Y}",
        "nombre_completo": nombre_completo,
        "cui": f"{cui[:4]} {cui[4:9]} {cui[9:]}",
        "meses": meses_en_letras(meses_archivo),
    }


def formulario_impreso(congelado: Congelado) -> Impreso:
    """The one paper with steps 1-5, to be signed in its two places and loaded as document 1 (B5.3)."""
    return Impreso(
        plantilla="prevision/invalidez/impreso/formulario.html",
        titulo=f"Formulario de Solicitud de Pensión Civil por Invalidez. Gestión No. {congelado.numero}",
        contexto={
            "congelado": congelado,
            "acta": acta(
                nombre_completo=congelado.nombre_completo,
                cui=congelado.cui,
                fecha=congelado.fecha_acta,
                meses_archivo=congelado.meses_archivo,
            ),
            "solicitante": congelado.pasos["datos-generales"]["legibles"],
            "datos": congelado.pasos["beneficiario"]["legibles"],
            "declaracion": [_declarado(p, congelado.pasos["juramento"]["valores"]) for p in PREGUNTAS],
        },
    )


def _declarado(pregunta: Pregunta, valores: Mapping[str, str]) -> dict[str, Any]:
    """A question with what was answered, ready to print."""
    return {
        "pregunta": pregunta,
        "respuesta": valores.get(f"pregunta_{pregunta.numero}", ""),
        "indicaciones": [(texto, _legible(valores.get(campo, ""))) for texto, campo in pregunta.indicaciones],
    }


def _legible(valor: str) -> str:
    """The text itself, or dd-mm-aaaa when it is a date as saved (formatos.md)."""
    return f"{date.fromisoformat(valor):%d-%m-%Y}" if ISO.fullmatch(valor) else valor
