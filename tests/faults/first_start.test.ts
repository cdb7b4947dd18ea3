// threats A2: a power cut while the server starts for the first time leaves a folder on which it starts.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { build, finish, freePort, newFolder, removeFolder, signalGroup, until } from '../harness/folder.ts';
import { serve } from '../harness/server.ts';

for (const milliseconds of [0, 60, 250, 900]) {
  test(`the plug pulled ${milliseconds} ms into the first start leaves a folder that the server starts on`, async (t) => {
    const work = newFolder('first'), data = join(work, 'data'), shadow = join(work, 'shadow'), image = join(work, 'image');
    t.after(() => removeFolder(work));
    mkdirSync(data);
    const plug = { LD_PRELOAD: join(build, 'libplugpull.so'), PLUG_DIR: data, PLUG_SHADOW: shadow };
    const words = ['serve', '--data', data, '--listen', `127.0.0.1:${await freePort()}`];
    const child = spawn(join(build, 'anban'), words, { detached: true, stdio: 'ignore', env: { ...process.env, ...plug } });
    await until(async () => existsSync(join(shadow, 'names')), 20, () => 'the program does not start');
    await sleep(milliseconds);
    await signalGroup(child, 'SIGKILL');
    await finish(join(build, 'plugmix'), [data, shadow, image, String(milliseconds)]);
    removeFolder(data);
    renameSync(image, data);
    const server = await serve({ data });
    assert.equal(await server.stop(), 0);
  });
}
