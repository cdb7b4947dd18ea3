// What an endpoint takes and answers, by its path: Answered<'/api/v1/session'>, Sent<'/api/v1/session', 'post'>.
import type { paths } from './schema';

type Json<Held> = Held extends { content: { 'application/json': infer Value } } ? Value : never;
type Operation<Path extends keyof paths, Method extends keyof paths[Path]> = NonNullable<paths[Path][Method]>;

export type Answered<Path extends keyof paths, Method extends keyof paths[Path] = 'get'> =
  Operation<Path, Method> extends { responses: { 200: infer Answer } } ? Json<Answer> : never;
export type Sent<Path extends keyof paths, Method extends keyof paths[Path] = 'post'> =
  Operation<Path, Method> extends { requestBody: infer Body } ? Json<Body> : never;
export type Asked<Path extends keyof paths> =
  Operation<Path, 'get'> extends { parameters: { query?: infer Query } } ? NonNullable<Query> : never;
