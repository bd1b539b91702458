# syntax=docker/dockerfile:1
# The App in a container: built from the lock file without install scripts; what runs has no npm packages but the embedded database, and no rights.
# A tag can move. Where every build must be the same, give a digest: --build-arg NODE=node:24-slim@sha256:…
# (`docker buildx imagetools inspect node:24-slim` tells it).
ARG NODE=node:24-slim

FROM ${NODE} AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json ./
COPY scripts ./scripts
COPY src ./src
RUN node scripts/build.ts

FROM ${NODE}
LABEL org.opencontainers.image.title="pilotgate" org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 PILOTGATE_DATA_DIR=/data
WORKDIR /app
COPY LICENSE package.json ./
COPY --from=build /build/dist ./dist
COPY --from=build /build/node_modules/@electric-sql/pglite ./node_modules/@electric-sql/pglite
# Only this folder is written to; without a volume the embedded database goes with the container.
RUN install --directory --owner=1000 --group=1000 /data
VOLUME /data
USER 1000:1000
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/dist/cli/main.js"]
CMD ["serve"]
