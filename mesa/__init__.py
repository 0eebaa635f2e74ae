"""The ONSEC desk's pages: urls · vistas · formularios · filtros."""
