// Where the built site is served while the tests run: at the top of a host, and in a folder of one.
const port = Number(process.env.TIERWISE_TEST_PORT ?? 4180);

export const TOP = { port, base: '/', url: `http://127.0.0.1:${port}/` };
export const SUB_PATH = { port: port + 1, base: '/some/folder/', url: `http://127.0.0.1:${port + 1}/some/folder/` };
