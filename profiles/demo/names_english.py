"""Names of Britain and the United States, commonest first."""

from __future__ import annotations

from profiles.demo.names import Name, Strand, by_sex_and_age, for_everybody, latin, name, ranked
from profiles.demo.skew import by_weight

MEN_OLD = """
David, John, Michael, Robert, James, Paul, Peter, William, Richard, Mark, Stephen, Andrew, Thomas, Kevin,
Alan, Brian, Ian, Graham, Keith, Martin, Colin, Simon, Neil, Gary, Philip, Anthony, Christopher, Kenneth,
Barry, Roger, Nigel, Trevor, Derek, Steven, Timothy, Nicholas, Patrick, Raymond, Douglas, George, Charles,
Edward, Frank, Gordon, Malcolm, Stuart, Geoffrey, Dennis, Leslie, Eric, Ronald, Norman, Clive, Adrian,
Jeffrey, Duncan, Julian, Russell, Howard, Vincent, Bruce
"""
MEN_YOUNG = """
James, Daniel, Matthew, Thomas, Jack, Joshua, Luke, Ryan, Adam, Ben, Oliver, Harry, Samuel, Joseph, Liam,
Nathan, Jordan, Connor, Callum, Lewis, George, Alexander, Charlie, Ethan, Noah, Jacob, William, Michael,
Jake, Kieran, Aaron, Dylan, Sean, Tom, Alfie, Oscar, Leo, Isaac, Mason, Theo, Logan, Henry, Toby, Reece,
Max, Elliot, Dominic, Jamie, Owen, Rhys, Finley, Archie, Freddie, Edward, Louis, Bradley, Kyle, Joel,
Zachary, Gabriel, Sebastian, Harvey, Declan, Cameron, Scott, Robert, David, Jonathan, Stephen, Patrick,
Hugo, Rory, Ewan, Craig, Ross, Marcus, Tyler, Elijah, Reuben, Stanley, Evan
"""
WOMEN_OLD = """
Susan, Margaret, Linda, Christine, Patricia, Carol, Jean, Barbara, Janet, Helen, Karen, Elizabeth, Sandra,
Jacqueline, Anne, Mary, Julie, Sheila, Pauline, Maureen, Judith, Alison, Deborah, Diane, Lesley, Gillian,
Wendy, Jane, Angela, Sharon, Tracey, Joanne, Catherine, Valerie, Dorothy, Marion, Hilary, Ruth, Heather,
Beverley, Lorraine, Frances, Rosemary, Sylvia, Brenda, Jill, Marilyn, Shirley, Eileen, Denise, Yvonne,
Teresa, Geraldine, Josephine, Penelope, Amanda, Nicola
"""
WOMEN_YOUNG = """
Emily, Charlotte, Sophie, Jessica, Olivia, Amy, Lauren, Hannah, Chloe, Emma, Rebecca, Megan, Lucy, Grace,
Katie, Ella, Bethany, Georgia, Amelia, Rachel, Holly, Abigail, Eleanor, Mia, Isabella, Jade, Laura, Sarah,
Molly, Poppy, Ruby, Daisy, Freya, Zoe, Samantha, Natalie, Alice, Evie, Paige, Imogen, Phoebe, Leah, Isla,
Danielle, Kirsty, Harriet, Victoria, Ava, Rosie, Martha, Florence, Matilda, Elsie, Scarlett, Niamh, Erin,
Caitlin, Stephanie, Gemma, Claire, Kelly, Michelle, Melissa, Naomi, Heather, Jennifer, Nicole, Alexandra,
Hayley, Stacey, Tara, Maisie, Jasmine, Lydia, Summer, Bryony, Iris
"""
US_MEN_OLD = """
James, Robert, John, Michael, William, David, Richard, Thomas, Charles, Gary, Larry, Ronald, Joseph,
Donald, Kenneth, Steven, Dennis, Paul, Stephen, George, Daniel, Edward, Mark, Jerry, Gregory, Bruce,
Roger, Douglas, Frank, Terry, Raymond, Timothy, Lawrence, Gerald, Wayne, Anthony, Peter, Patrick, Danny,
Walter, Alan, Willie, Jeffrey, Carl, Harold, Arthur
"""
US_MEN_YOUNG = """
Michael, Christopher, Matthew, Joshua, Jacob, Nicholas, Andrew, Daniel, Tyler, Joseph, Brandon, David,
James, Ryan, John, Zachary, Justin, William, Anthony, Robert, Jonathan, Austin, Alexander, Kyle, Kevin,
Thomas, Cody, Jordan, Eric, Benjamin, Aaron, Christian, Samuel, Dylan, Steven, Brian, Jose, Timothy,
Nathan, Adam, Richard, Patrick, Charles, Sean, Jason, Jesus, Jeremy, Cameron, Hunter, Ethan, Logan, Caleb,
Luis, Mason, Noah, Trevor, Chase, Devin, Evan, Ian, Elijah, Isaiah
"""
US_WOMEN_OLD = """
Mary, Linda, Patricia, Barbara, Susan, Nancy, Deborah, Sandra, Carol, Kathleen, Sharon, Karen, Donna,
Brenda, Margaret, Diane, Pamela, Janet, Shirley, Carolyn, Judith, Janice, Cynthia, Elizabeth, Judy, Betty,
Joyce, Christine, Cheryl, Gloria, Beverly, Martha, Bonnie, Peggy, Dorothy, Rebecca, Catherine, Joan,
Virginia, Marilyn, Connie, Ann, Jane, Gail, Rose, Rita
"""
US_WOMEN_YOUNG = """
Jessica, Ashley, Emily, Sarah, Samantha, Amanda, Brittany, Elizabeth, Taylor, Megan, Hannah, Kayla,
Lauren, Stephanie, Rachel, Jennifer, Nicole, Alexis, Victoria, Amber, Alyssa, Courtney, Rebecca, Danielle,
Jasmine, Brianna, Katherine, Alexandra, Madison, Morgan, Melissa, Michelle, Kelsey, Chelsea, Anna,
Kimberly, Tiffany, Olivia, Mary, Christina, Allison, Abigail, Sara, Shelby, Heather, Haley, Maria,
Kaitlyn, Laura, Erin, Andrea, Natalie, Jordan, Brooke, Julia, Emma, Vanessa
"""
FAMILIES = """
Smith, Jones, Williams, Taylor, Brown, Davies, Evans, Wilson, Thomas, Johnson, Roberts, Robinson,
Thompson, Wright, Walker, White, Edwards, Hughes, Green, Hall, Lewis, Harris, Clarke, Patel, Jackson,
Wood, Turner, Martin, Cooper, Hill, Ward, Morris, Moore, Clark, Lee, King, Baker, Harrison, Morgan, Allen,
James, Scott, Phillips, Watson, Davis, Parker, Price, Bennett, Young, Griffiths, Mitchell, Kelly, Cook,
Carter, Richardson, Bailey, Collins, Bell, Shaw, Murphy, Miller, Cox, Marshall, Richards, Anderson,
Simpson, Ellis, Adams, Begum, Wilkinson, Foster, Chapman, Powell, Webb, Rogers, Gray, Mason, Ali, Hunt,
Hussain, Campbell, Matthews, Owen, Palmer, Holmes, Mills, Barnes, Knight, Lloyd, Butler, Russell, Barker,
Fisher, Stevens, Jenkins, Murray, Dixon, Harvey, Graham, Pearson, Ahmed, Fletcher, Walsh, Kaur, Gibson,
Howard, Andrews, Stewart, Elliott, Reynolds, Saunders, Payne, Fox, Ford, Pearce, Day, Brooks, West,
Lawrence, Cole, Atkinson, Bradley, Spencer, Gill, Dawson, Watts, Rose, Ryan, Burton, O'Connor, O'Brien,
MacDonald, McCarthy, Hart, Stone, Boyd, Perry, Grant, Wells, Gardner, Hayes, Warren, Hawkins, Nicholls,
Sutton, Kemp, Whitehead, Lowe, Parsons, Rowe, Hobbs
"""
FAMILIES_US = """
Smith, Johnson, Williams, Brown, Jones, Garcia, Miller, Davis, Rodriguez, Martinez, Hernandez, Lopez,
Gonzalez, Wilson, Anderson, Thomas, Taylor, Moore, Jackson, Martin, Lee, Perez, Thompson, White, Harris,
Sanchez, Clark, Ramirez, Lewis, Robinson, Walker, Young, Allen, King, Wright, Scott, Torres, Nguyen, Hill,
Flores, Green, Adams, Nelson, Baker, Hall, Rivera, Campbell, Mitchell, Carter, Roberts, Gomez, Phillips,
Evans, Turner, Diaz, Parker, Cruz, Edwards, Collins, Reyes, Stewart, Morris, Morales, Murphy, Cook,
Rogers, Gutierrez, Ortiz, Morgan, Cooper, Peterson, Bailey, Reed, Kelly, Howard, Ramos, Kim, Cox, Ward,
Richardson, Watson, Brooks, Chavez, Wood, James, Bennett, Gray, Mendoza, Ruiz, Hughes, Price
"""

TOWN_STARTS = """
Ash, Black, Brad, Brook, Clay, Cran, Dal, East, Fair, Green, Hart, Haw, Hol, Kirk, Lang, Mar, Nor, Old,
Pen, Rad, Red, Shel, Stan, Thorn, Wal, West, Whit, Win, Wood, Mil, Bur, Had, Kings
"""
TOWN_ENDS = "ton, ley, ford, wood, field, well, worth, ham, den, bourne"


def _families(text: str, towns: float) -> list[Name]:
    """Add the long tail of family names that were once the name of a place."""
    known = latin(text)
    taken = {one.native for one in known}
    places = [start.native + end.native for end in latin(TOWN_ENDS) for start in latin(TOWN_STARTS)]
    tail = [name(place, place) for place in places if place not in taken and "woodwood" not in place.lower()]
    return by_weight(ranked(known, 0.7) + [(one, w * towns) for one, w in ranked(tail, 0.3)])


def _strand(key: str, given: tuple[str, str, str, str], families: list[Name]) -> Strand:
    return Strand(
        key=key,
        script="latin",
        given=by_sex_and_age(given, exponent=0.7),
        family=for_everybody(families),
    )


BRITISH = _strand("british", (MEN_OLD, MEN_YOUNG, WOMEN_OLD, WOMEN_YOUNG), _families(FAMILIES, 0.2))
AMERICAN = _strand(
    "american", (US_MEN_OLD, US_MEN_YOUNG, US_WOMEN_OLD, US_WOMEN_YOUNG), _families(FAMILIES_US, 0.12)
)
STRANDS = (BRITISH, AMERICAN)
