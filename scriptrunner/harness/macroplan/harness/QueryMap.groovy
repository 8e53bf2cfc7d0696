package macroplan.harness

import jakarta.ws.rs.core.*
import javax.ws.rs.core.*

/** The query as JAX-RS shows it; our endpoint only ever takes it as a parameter. */
class QueryMap extends LinkedHashMap<String, List<String>> implements MultivaluedMap<String, String> {
    void putSingle(String key, String value) {
        put(key, [value])
    }

    void add(String key, String value) {
        computeIfAbsent(key) { [] } << value
    }

    String getFirst(String key) {
        return get(key)?.first()
    }

    void addAll(String key, String... values) {
        values.each { add(key, it) }
    }

    void addAll(String key, List<String> values) {
        values.each { add(key, it) }
    }

    void addFirst(String key, String value) {
        computeIfAbsent(key) { [] }.add(0, value)
    }

    boolean equalsIgnoreValueOrder(MultivaluedMap<String, String> other) {
        return this == other
    }
}
