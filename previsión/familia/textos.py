"""The legal words of a procedure: the template of each screen, and the texts that ONSEC's staff write."""

from collections.abc import Iterable, Mapping

from tramites.definicion import ClasePaso, Paso, Procedencia, Textos, TextoVersionado

# What a person reads of these is the same in every procedure but for its name.
COMUNES = {
    pantalla: f"prevision/comun/{pantalla}.html"
    for pantalla in (
        "derecho",
        "enterado",
        "acta",
        "descarga",
        "documentos",
        "documentos_pie",
        "previo",
        "ventana_envio",
        "ventana_admision",
        "estado",
    )
}
PASOS = {
    "datos-generales": "prevision/comun/datos_generales.html",
    "beneficiario": "prevision/comun/beneficiario.html",
    "juramento": "prevision/comun/juramento.html",
}
# The numerals that every procedure has (comun.md §6); «{meses}» are the Gestión's own.
ENTERADOS = {
    1: "ONSEC califica si se cumplen los requisitos. Enviar la solicitud no significa que el beneficio esté "
    "concedido.",
    2: "Si ONSEC pide corregir y no actúo en {meses}, el expediente se archiva.",
}
# The law by which every pension is admitted.
ADMISION = "Decreto 63-88, artículo 31, segundo párrafo; Acuerdo Gubernativo 1220-88, artículo 24"
ENTERADO = "prevision/comun/enterado_texto.html"


def textos_de(clave: str, **propias: str) -> Textos:
    """The family's, with the requirements of that procedure and what else is its own."""
    return Textos(**COMUNES | {"requisitos": f"prevision/{clave}/requisitos.html"} | propias, pasos=PASOS)


def numerales(
    clave: str, nombre: str, pasos: Iterable[Paso], iniciales: Mapping[int, str], procedencia: Procedencia
) -> tuple[TextoVersionado, ...]:
    """The numerals of «Quedo enterado(a) que:» that ONSEC's staff write, each by its number (comun.md §6)."""
    enterado = next(paso for paso in pasos if paso.clase is ClasePaso.ENTERADO)
    return tuple(
        TextoVersionado(
            clave=f"{clave}.enterado.{n}",
            donde=f"{nombre}: numeral {n} del paso {enterado.numero}",
            procedencia=procedencia,
            inicial=inicial,
        )
        for n, inicial in iniciales.items()
    )
