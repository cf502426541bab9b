// What each event carries, read from the types of src/events.ts by the compiler itself: for the README's table of events.
// Promise: in the words of that file. Must not know where they are put.
import { join } from 'node:path';
import ts from 'typescript';

const EVENTS = join(import.meta.dirname, '../src/events.ts');

/** Unions of more members than this are told by their name. */
const MOST_MEMBERS = 7;

/** Event name → its detail, one piece a field: `final: boolean`; undefined where it is whatever was sent. */
export function eventDetails(): Map<string, string[] | undefined> {
  const program = ts.createProgram([EVENTS], { strict: true, module: ts.ModuleKind.NodeNext });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(EVENTS)!;
  const typeOf = (symbol: ts.Symbol) => checker.getTypeOfSymbolAtLocation(symbol, source);

  /** A field as its author wrote it; a name for a few words is replaced by the words. */
  const written = (field: ts.Symbol): string => {
    const { type } = field.declarations![0] as ts.PropertySignature;
    const { aliasSymbol, ...meant } = checker.getTypeFromTypeNode(type!) as ts.UnionType;
    const isShort = aliasSymbol && (meant.types?.length ?? Infinity) <= MOST_MEMBERS;
    const words = isShort ? (aliasSymbol.declarations![0] as ts.TypeAliasDeclaration).type : type!;
    const mark = field.flags & ts.SymbolFlags.Optional ? '?' : '';
    return `${field.name}${mark}: ${words.getText().replace(/^readonly /, '')}`;
  };

  const map = source.statements.find(
    (node) => ts.isInterfaceDeclaration(node) && node.name.text === 'SwClickToCallEventMap',
  )!;
  const events = checker.getTypeAtLocation(map).getProperties();
  return new Map(
    events.map((event) => {
      const detail = typeOf(typeOf(event).getProperty('detail')!);
      const isOpen =
        detail.getStringIndexType() && !(detail.getStringIndexType()!.flags & ts.TypeFlags.Never);
      return [event.name, isOpen ? undefined : detail.getProperties().map(written)];
    }),
  );
}
