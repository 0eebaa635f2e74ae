"""The legal words of a procedure: the template of each screen, and the texts that ONSEC's staff write."""

from collections.abc import Iterable, Mapping

from tramites.definicion import ClasePaso, Paso, Procedencia, Textos, TextoVersionado

# What a person reads of these is the same in every procedure but for its name.
COMUNES = {
    pantalla: f"prevision/comun/{pantalla}.html"
    for pantalla in (
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


def textos_de(clave: str) -> Textos:
    """The family's, with the right, the requirements and the numerals of that procedure."""
    propias = {p: f"prevision/{clave}/{p}.html" for p in ("derecho", "requisitos", "enterado")}
    return Textos(**COMUNES, **propias, pasos=PASOS)


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
