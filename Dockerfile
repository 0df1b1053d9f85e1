# The suite and Prism need the development dependencies; the mock does not.
FROM node:24-slim AS build
WORKDIR /standin
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY bundle.js precompile.js tsconfig.json tsconfig.build.json jest.config.js ./
COPY server server
COPY contracts contracts
COPY inspector inspector
COPY specs specs
RUN npm run build

FROM node:24-slim AS production
WORKDIR /standin
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund

# docker build --target contract: the contract suite. `docker run … --against URL` tests a server.
FROM build AS contract
ENTRYPOINT ["node", "dist/contracts/command/main.js"]

# The default: the mock, with production files only.
FROM node:24-slim AS mock
# Others can reach it: whoever is to steer it by /_standin sets STANDIN_CONTROL_TOKEN.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4010 STANDIN_CONTROL=with-token
WORKDIR /standin
COPY --from=production /standin/node_modules node_modules
COPY --from=build /standin/dist dist
COPY package.json LICENSE ./
COPY server/control/openapi.yaml server/control/
COPY specs specs
USER node
EXPOSE 4010
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s --retries=5 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/_standin/health').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/server/cli/main.js", "mock"]
