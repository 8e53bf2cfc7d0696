import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mpxj.ConstraintType;
import org.mpxj.Duration;
import org.mpxj.ProjectCalendar;
import org.mpxj.ProjectFile;
import org.mpxj.Relation;
import org.mpxj.RelationType;
import org.mpxj.Task;
import org.mpxj.TimeUnit;
import org.mpxj.reader.UniversalProjectReader;
import org.mpxj.writer.FileFormat;
import org.mpxj.writer.UniversalProjectWriter;

/**
 * Another program's view of project files: `read FILE` tells its tasks as JSON, `write FILE` makes a project of
 * its own, and `rewrite FROM TO` saves what it read.
 */
class ProjectFiles {
    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "read" -> System.out.println(new ObjectMapper().writeValueAsString(read(new File(arguments[1]))));
            case "rewrite" -> new UniversalProjectWriter(FileFormat.MSPDI)
                .write(new UniversalProjectReader().read(new File(arguments[1])), arguments[2]);
            case "write" -> new UniversalProjectWriter(FileFormat.MSPDI).write(project(), arguments[1]);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** What a reader sees, as far as a plan has it: times as the file has them, without a zone; spans and lags in minutes. */
    static Map<String, Object> read(File file) throws Exception {
        ProjectFile project = new UniversalProjectReader().read(file);
        List<Object> tasks = new ArrayList<>();
        for (Task task : project.getTasks()) {
            if (task.getOutlineLevel() == null || task.getOutlineLevel() == 0) continue;
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("uid", task.getUniqueID());
            told.put("name", task.getName());
            told.put("outline", task.getOutlineNumber());
            told.put("parent", task.getParentTask() == null ? null : task.getParentTask().getName());
            told.put("is_summary", task.getSummary());
            told.put("is_milestone", task.getMilestone());
            told.put("start", text(task.getStart()));
            told.put("finish", text(task.getFinish()));
            told.put("minutes", minutes(project, task.getDuration()));
            told.put("actual_start", text(task.getActualStart()));
            told.put("actual_finish", text(task.getActualFinish()));
            told.put("constraint", task.getConstraintType() == null ? null : task.getConstraintType().name());
            told.put("percent", task.getPercentageComplete() == null ? null : task.getPercentageComplete().intValue());
            told.put("notes", task.getNotes());
            told.put("texts", List.of(1, 2, 3, 4, 5).stream().map(at -> String.valueOf(task.getText(at))).toList());
            List<Object> links = new ArrayList<>();
            for (Relation link : task.getPredecessors()) {
                links.add(List.of(link.getPredecessorTask().getUniqueID(), link.getType().name(), minutes(project, link.getLag())));
            }
            told.put("links", links);
            told.put("baselines", baselines(project, task));
            tasks.add(told);
        }
        return Map.of(
            "name", project.getProjectProperties().getName(),
            "calendar", project.getDefaultCalendar().getName(),
            "week_minutes", project.getDefaultCalendar().getWork(
                LocalDateTime.of(2027, 3, 1, 0, 0), LocalDateTime.of(2027, 3, 8, 0, 0), TimeUnit.MINUTES).getDuration(),
            "tasks", tasks);
    }

    private static List<Object> baselines(ProjectFile project, Task task) {
        List<Object> found = new ArrayList<>();
        for (int number = 0; number <= 10; number += 1) {
            LocalDateTime start = number == 0 ? task.getBaselineStart() : task.getBaselineStart(number);
            LocalDateTime finish = number == 0 ? task.getBaselineFinish() : task.getBaselineFinish(number);
            Duration span = number == 0 ? task.getBaselineDuration() : task.getBaselineDuration(number);
            if (start != null) found.add(List.of(number, text(start), text(finish), minutes(project, span)));
        }
        return found;
    }

    private static String text(LocalDateTime time) {
        return time == null ? null : time.toString();
    }

    private static Long minutes(ProjectFile project, Duration duration) {
        return duration == null ? null : Math.round(duration.convertUnits(TimeUnit.MINUTES, project.getProjectProperties()).getDuration());
    }

    /** A weekend as another program plans it: office hours, a summary in a summary, links of every kind, two baselines. */
    static ProjectFile project() {
        ProjectFile project = new ProjectFile();
        project.getProjectProperties().setName("Weekend of a stranger");
        ProjectCalendar calendar = project.addDefaultBaseCalendar();
        project.setDefaultCalendar(calendar);
        project.getProjectProperties().setStartDate(at(5, 22, 0));
        Task stop = summary(project.addTask(), "Stop");
        Task feeds = task(stop.addTask(), "Stop feeds & <interfaces>", at(5, 22, 0), 45);
        Task freeze = task(stop.addTask(), "Freeze “accounts”", at(5, 23, 0), 0);
        freeze.setMilestone(true);
        Task load = summary(project.addTask(), "Load");
        Task inner = summary(load.addTask(), "Positions");
        Task positions = task(inner.addTask(), "Load positions", at(6, 0, 15), 26 * 60);
        Task check = task(load.addTask(), "Check totals", at(7, 3, 0), 90);
        Task late = task(load.addTask(), "Tell the branches", at(7, 5, 0), 30);
        link(freeze, feeds, RelationType.FINISH_START, 15);
        link(positions, freeze, RelationType.START_START, 75);
        link(check, positions, RelationType.FINISH_FINISH, -30);
        link(late, check, RelationType.START_FINISH, 0);
        positions.setConstraintType(ConstraintType.MUST_START_ON);
        positions.setConstraintDate(at(6, 0, 15));
        positions.setNotes("Two lines,\nand an é.");
        feeds.setPercentageComplete(100);
        feeds.setActualStart(at(5, 22, 5));
        feeds.setActualFinish(at(5, 22, 55));
        for (Task one : List.of(feeds, positions)) {
            one.setBaselineStart(one.getStart().minusMinutes(30));
            one.setBaselineFinish(one.getFinish().minusMinutes(30));
            one.setBaselineDuration(one.getDuration());
            one.setBaselineStart(2, one.getStart().minusMinutes(60));
            one.setBaselineFinish(2, one.getFinish().minusMinutes(60));
            one.setBaselineDuration(2, one.getDuration());
        }
        var team = project.addResource();
        team.setName("DBA");
        positions.addResourceAssignment(team);
        return project;
    }

    private static LocalDateTime at(int day, int hour, int minute) {
        return LocalDateTime.of(2027, 3, day, hour, minute);
    }

    private static Task summary(Task task, String name) {
        task.setName(name);
        return task;
    }

    private static Task task(Task task, String name, LocalDateTime start, int minutes) {
        task.setName(name);
        task.setStart(start);
        task.setFinish(start.plusMinutes(minutes));
        task.setDuration(Duration.getInstance(minutes, TimeUnit.ELAPSED_MINUTES));
        return task;
    }

    private static void link(Task task, Task predecessor, RelationType type, int lagMinutes) {
        task.addPredecessor(new Relation.Builder().predecessorTask(predecessor).type(type)
            .lag(Duration.getInstance(lagMinutes, TimeUnit.ELAPSED_MINUTES)));
    }
}
