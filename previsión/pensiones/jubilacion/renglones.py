"""The documents that the Pensión Civil por Jubilación asks for (jubilacion.md §5)."""

from tramites.definicion import Requisito

from ...familia import renglones as comunes

COMPROBANTES = Requisito(
    numero=7,
    nombre="Comprobantes de contribución voluntaria por cese",
    obligatorio=False,
    nota="Solo si contribuyó después de dejar su puesto",
    ayuda="Los CUR y recibos de lo que contribuyó por su cuenta.",
    donde="Dirección de Contabilidad del Estado.",
    control=(
        "Los recibos cubren el periodo completo.",
        "Cada uno lleva monto, firma y sello.",
    ),
)

REQUISITOS = (
    comunes.formulario(numero=1, paso=5),
    comunes.NACIMIENTO(numero=2),
    comunes.DPI(numero=3),
    comunes.ANTECEDENTES(numero=4),
    comunes.TIEMPO_DE_SERVICIO(numero=5),
    comunes.HORARIOS(numero=6),
    COMPROBANTES,
    comunes.otros(numero=8),
)
