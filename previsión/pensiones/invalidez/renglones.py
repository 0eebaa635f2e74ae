"""The documents that the Pensión Civil por Invalidez asks for, from the manual of July 2024."""

from tramites.definicion import Requisito

from ...familia import renglones as comunes

DICTAMEN = Requisito(
    numero=6,
    nombre="Dictamen de medicina legal",
    obligatorio=True,
    nota="Extendido por el Instituto Guatemalteco de Seguridad Social",
    ayuda="Documento del IGSS que declara su invalidez. "
    "Debe decir naturaleza, grado, causas y fecha de inicio.",
    donde="IGSS.",
    control=(
        "Dice la naturaleza de la invalidez.",
        "Dice el grado.",
        "Dice las causas.",
        "Dice la fecha de inicio.",
        "Lo extendió el IGSS.",
    ),
)

REQUISITOS = (
    comunes.formulario(numero=1, paso=5),
    comunes.NACIMIENTO(numero=2),
    comunes.DPI(numero=3),
    comunes.ANTECEDENTES(numero=4),
    comunes.TIEMPO_DE_SERVICIO(numero=5),
    DICTAMEN,
    comunes.HORARIOS(numero=7),
    comunes.otros(numero=8),
)
