# The product as one image: app, worker and the tools (migrate, backup, restore). With SUPABASE_URL it uses that
# Supabase; without it runs the embedded one, with its data in /data (evaluation, one office).
# Nothing here was built on the machine where it was written (no Docker there): docs/operations.md says what was checked.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# Not `npm ci`: the lockfile names optional packages of other systems (supabase/local/bootstrap.mjs says more).
RUN npm install --no-save --include=dev --no-audit --no-fund
COPY svelte.config.js vite.config.ts tsconfig.json ./
COPY src src
COPY static static
COPY supabase supabase
RUN node supabase/local/build.ts

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data/installation BACKUP_DIR=/backups BACKUP_KEY_FILE=/data/backup-key.txt HOME=/data
# The supabase CLI (migrate) and the embedded Postgres are among the packages, so they stay as they are.
COPY --from=build /app /app
RUN mkdir -p /data /backups && chown node:node /data /backups
USER node
VOLUME ["/data", "/backups"]
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=90s CMD ["node", "-e", "fetch('http://127.0.0.1:3000/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# The supervisor stops app, worker and Postgres in order: give it the time.
STOPSIGNAL SIGTERM
CMD ["node", "supabase/local/start.ts"]
