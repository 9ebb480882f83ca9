/** The part of the inspector's protocol that a dump speaks. */
import type { Debugger, HeapProfiler, NodeWorker, Runtime } from 'node:inspector';

/** Nothing, as the protocol has it. */
export type Nothing = Readonly<Record<string, never>>;

/**
 * What is asked and what comes back, by method.
 *
 * @see {@link https://chromedevtools.github.io/devtools-protocol/v8/}
 */
export interface Methods {
  'Runtime.enable': [Nothing, Nothing];
  'Runtime.evaluate': [Runtime.EvaluateParameterType & { readonly timeout?: number }, Runtime.EvaluateReturnType];
  'Runtime.callFunctionOn': [Runtime.CallFunctionOnParameterType & { readonly throwOnSideEffect?: boolean }, Runtime.CallFunctionOnReturnType];
  'Runtime.getProperties': [Runtime.GetPropertiesParameterType, PropertiesFound];
  'Runtime.queryObjects': [Runtime.QueryObjectsParameterType & { readonly objectGroup?: string }, Runtime.QueryObjectsReturnType];
  'Runtime.releaseObjectGroup': [Runtime.ReleaseObjectGroupParameterType, Nothing];
  'Runtime.getHeapUsage': [Nothing, { readonly usedSize: number; readonly totalSize: number }];
  'Debugger.enable': [Nothing, Debugger.EnableReturnType];
  'Debugger.disable': [Nothing, Nothing];
  'Debugger.pause': [Nothing, Nothing];
  'Debugger.setSkipAllPauses': [Debugger.SetSkipAllPausesParameterType, Nothing];
  'Debugger.resume': [Nothing, Nothing];
  'Debugger.getScriptSource': [Debugger.GetScriptSourceParameterType, Debugger.GetScriptSourceReturnType];
  'HeapProfiler.enable': [Nothing, Nothing];
  'HeapProfiler.disable': [Nothing, Nothing];
  'HeapProfiler.collectGarbage': [Nothing, Nothing];
  'HeapProfiler.takeHeapSnapshot': [HeapProfiler.TakeHeapSnapshotParameterType & { readonly exposeInternals?: boolean; readonly captureNumericValue?: boolean }, Nothing];
  'HeapProfiler.getObjectByHeapObjectId': [
    HeapProfiler.GetObjectByHeapObjectIdParameterType,
    HeapProfiler.GetObjectByHeapObjectIdReturnType,
  ];
  'HeapProfiler.getHeapObjectId': [HeapProfiler.GetHeapObjectIdParameterType, HeapProfiler.GetHeapObjectIdReturnType];
  'NodeWorker.enable': [NodeWorker.EnableParameterType, Nothing];
  'NodeWorker.disable': [Nothing, Nothing];
  'NodeWorker.sendMessageToWorker': [NodeWorker.SendMessageToWorkerParameterType, Nothing];
}

/** As {@link Runtime.GetPropertiesReturnType}, with the private fields that Node's own types leave out. */
export interface PropertiesFound extends Runtime.GetPropertiesReturnType {
  readonly privateProperties?: readonly PrivateProperty[];
}

export interface PrivateProperty {
  /** With its `#`. */
  readonly name: string;
  readonly value?: Runtime.RemoteObject;
}

/** What comes unasked, by name. */
export interface Events {
  'Debugger.scriptParsed': Debugger.ScriptParsedEventDataType;
  'Debugger.paused': Debugger.PausedEventDataType;
  'Debugger.resumed': Nothing;
  'HeapProfiler.addHeapSnapshotChunk': HeapProfiler.AddHeapSnapshotChunkEventDataType;
  'HeapProfiler.reportHeapSnapshotProgress': HeapProfiler.ReportHeapSnapshotProgressEventDataType;
  'NodeWorker.attachedToWorker': NodeWorker.AttachedToWorkerEventDataType;
  'NodeWorker.detachedFromWorker': NodeWorker.DetachedFromWorkerEventDataType;
  'NodeWorker.receivedMessageFromWorker': NodeWorker.ReceivedMessageFromWorkerEventDataType;
}

export type Method = keyof Methods;
export type EventName = keyof Events;
export type Params<M extends Method> = Methods[M][0];
export type Result<M extends Method> = Methods[M][1];
export type { Debugger, Runtime } from 'node:inspector';
