package dev.reprise.api;

/** A request of the Step Functions API: one of its 37 actions. Members that are absent are null. */
public sealed interface ApiRequest
        permits ActivityRequest,
                ExecutionRequest,
                MapRunRequest,
                StateMachineRequest,
                TagRequest,
                TaskRequest,
                TestState,
                VersionRequest {}
