# One image for the API, the worker and the migration: the same code and the same Node as everywhere else, nothing of
# dev/ or test/.
FROM node:24.21.0-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# No production package needs its install script: native parts come ready-made. Of Temporal's, one platform is ours.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
 && find node_modules/@temporalio/core-bridge/releases -mindepth 1 -maxdepth 1 ! -name "$(uname -m)-unknown-linux-gnu" \
      -exec rm -r {} +

# The page is built with the packages that development has; none of them is in the image.
FROM node:24.21.0-bookworm-slim AS page
WORKDIR /app
COPY package.json package-lock.json tsconfig.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY domain domain
COPY web web
RUN node node_modules/vite/bin/vite.js build web

# The workflows are bundled here, so that a worker starts without running a bundler.
FROM node:24.21.0-bookworm-slim AS workflows
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY package.json ./
COPY domain domain
COPY worker/bundle-workflows.ts worker/workflow-bundle.ts worker/
COPY workflows workflows
RUN node worker/bundle-workflows.ts workflows/bundle.js

FROM node:24.21.0-bookworm-slim
# glibc's allocator keeps less of what is freed: docs/measurements/memory.md.
ENV NODE_ENV=production MALLOC_MMAP_THRESHOLD_=4194304 MALLOC_ARENA_MAX=2
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY package.json log.ts ./
COPY activities activities
COPY api api
COPY clickhouse clickhouse
COPY credentials credentials
COPY domain domain
COPY environment environment
COPY providers providers
COPY tracing tracing
COPY --from=page /app/web/dist web/dist
COPY worker worker
COPY workflows/contract workflows/contract
# In place of the other sources: the worker bundles those where it finds them.
COPY --from=workflows /app/workflows/bundle.js workflows/bundle.js
USER node
EXPOSE 8080
CMD ["node", "api/main.ts"]
