import { describe, expect, it } from 'vitest'
import { splitStatements } from './splitStatements.ts'

describe('splitStatements', () => {
  it('splits at semicolons and leaves out what is only comment', () => {
    expect(splitStatements('-- a; b\nselect 1;\n/* c; /* d; */ e; */;\n select 2 -- f;\n;;')).toEqual([
      '-- a; b\nselect 1',
      'select 2 -- f;',
    ])
  })

  it.for([
    "select 'it''s; here'",
    `select "a;""b"`,
    String.raw`select E'a\'; b'`,
    String.raw`select 'a\'`,
    'do $$ begin perform 1; end $$',
    'do $body_1$ begin perform $$;$$; end $body_1$',
    'create function f() returns integer begin atomic select case when true then 1 end; select 2; end',
    'select a$1 from t',
  ])('keeps %s in one piece', (statement) => {
    expect(splitStatements(`${statement};\nselect 1;`)).toEqual([statement, 'select 1'])
  })

  it('takes begin and end of a transaction for statements', () => {
    expect(splitStatements('begin; select 1; end;')).toEqual(['begin', 'select 1', 'end'])
  })

  it('takes a parameter for no dollar quote', () => {
    expect(splitStatements('prepare p as select $1; execute p(1)')).toEqual([
      'prepare p as select $1',
      'execute p(1)',
    ])
  })

  it('keeps the last statement of a script that ends inside a quote', () => {
    expect(splitStatements("select 'a; b")).toEqual(["select 'a; b"])
  })
})
