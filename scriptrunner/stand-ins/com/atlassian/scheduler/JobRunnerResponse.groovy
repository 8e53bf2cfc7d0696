package com.atlassian.scheduler

/** Stand-in. */
class JobRunnerResponse {
    final boolean isSuccess
    final String message

    private JobRunnerResponse(boolean isSuccess, String message) {
        this.isSuccess = isSuccess
        this.message = message
    }

    static JobRunnerResponse success(String message) {
        return new JobRunnerResponse(true, message)
    }

    static JobRunnerResponse failed(String message) {
        return new JobRunnerResponse(false, message)
    }
}
